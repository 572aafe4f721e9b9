"""Console: where specialists and legal decide, as pages made on the server; every act goes through the desk."""
