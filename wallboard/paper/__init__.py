"""What a session leaves on paper: its minutes as a PDF, with the walls as it saw them, drawn without a browser."""
