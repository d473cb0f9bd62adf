print("mitxonline-build")
