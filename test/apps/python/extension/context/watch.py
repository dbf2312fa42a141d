import psutil

process = psutil.Process()
print(process.cwd(), len(process.cpu_affinity()) > 0)
