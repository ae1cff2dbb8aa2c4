"""Media in: what a file is, what is made of it for a browser, and folders of files brought into the room."""
