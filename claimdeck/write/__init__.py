"""CHECK the rendered files and WRITE them: the only folder that touches the output."""
