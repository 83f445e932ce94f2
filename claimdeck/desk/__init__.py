"""The editor's tools around the build."""
