"""Routes through music: where somebody is now, and the next two steps."""
