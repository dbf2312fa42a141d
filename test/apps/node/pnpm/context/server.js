import Koa from "koa";

const app = new Koa();
app.use((context) => {
  context.body = { flag: context.path === "/" ? "Blue Peter" : "Oscar" };
});
app.listen(3000);
