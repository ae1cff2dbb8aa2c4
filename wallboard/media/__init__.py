"""What a screen may know of files: their sorts, what was made of them and where it lies, their transcripts and forms.

Making (making/) loads FFmpeg, Pillow and readers of PDFs; who serves does it in a program of its own (see pieces).
"""
