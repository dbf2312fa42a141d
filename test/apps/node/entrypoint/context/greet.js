console.log(`${process.env.GREETING}, sailor!`);
