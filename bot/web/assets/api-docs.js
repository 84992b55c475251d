// Starts Swagger's page: a file of its own, because our pages have no script in them.
const page = document.getElementById("api-docs");
SwaggerUIBundle({
  url: page.dataset.description,
  domNode: page,
  deepLinking: true,
  layout: "BaseLayout",
  presets: [SwaggerUIBundle.presets.apis],
  validatorUrl: null, // it would ask another site whether the description is in order
});
