from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Buoy(BaseModel):
    number: int
    colour: str = "red"


@app.get("/buoys/{number}")
def buoy(number: int) -> Buoy:
    return Buoy(number=number)
