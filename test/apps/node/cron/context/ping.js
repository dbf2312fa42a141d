console.log(`ping ${process.argv[2]}`);
