"""The Streamlit page; it knows the HTTP contract and nothing else."""
