print("pumped the bilge")
