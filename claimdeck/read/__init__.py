"""READ: YAML, Markdown and site.yaml become cards and settings that know their lines."""
