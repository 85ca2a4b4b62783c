"""Invented news: stories with a known truth, and the articles that tell them."""
