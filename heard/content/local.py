"""Pathways as one hub shows them: their steps name only entries that it has."""

from collections.abc import Callable, Iterable

from heard.content.entries import Pathway, Stage

Has = Callable[[str], bool]
"""Whether the hub has an entry of that id."""


def local_pathways(pathways: Iterable[Pathway], has_opportunity: Has, has_bursary: Has) -> tuple[Pathway, ...]:
    """The pathways without the examples and the help with cost that the hub has not."""
    return tuple(_local(pathway, has_opportunity, has_bursary) for pathway in pathways)


def _local(pathway: Pathway, has_opportunity: Has, has_bursary: Has) -> Pathway:
    def here(stage: Stage) -> Stage:
        return stage.model_copy(
            update={
                "examples": tuple(filter(has_opportunity, stage.examples)),
                "help_with_cost": tuple(filter(has_bursary, stage.help_with_cost)),
            }
        )

    return pathway.model_copy(update={"stages": tuple(map(here, pathway.stages))})
