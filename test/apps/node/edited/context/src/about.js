console.log(`release ${require("./settings.json").release}`);
