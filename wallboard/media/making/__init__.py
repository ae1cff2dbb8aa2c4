"""What is made of a file for a browser: the libraries of pictures, sound, film and papers are at home here alone."""
