"""One answer to each question: who has a role, whose a signature is, whether an approval counts."""
