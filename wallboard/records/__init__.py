"""What people decide in the room: rows that are never edited, each written by somebody, under the rules that the store keeps."""
