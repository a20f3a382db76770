"""What the box offers while somebody types, and what it asks afterwards: 您是不是要找."""
