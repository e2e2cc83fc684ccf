"""What an instructor needs: a deck of cases, and its questions in the formats that others read, and on paper."""
