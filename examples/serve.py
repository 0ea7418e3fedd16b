"""Ray Serve: a small model behind HTTP, asked once from the notebook, then taken down.

For a model that stays, put a service into the tenant file: spec.ray.services.
"""

import os
from urllib.parse import urlsplit

import ray
import requests
import torch
from ray import serve
from starlette.requests import Request


@serve.deployment(num_replicas=2)
class Doubler:
    def __init__(self) -> None:
        self.model = torch.nn.Linear(1, 1, bias=False)
        torch.nn.init.constant_(self.model.weight, 2.0)

    async def __call__(self, request: Request) -> dict:
        number = float((await request.json())["number"])
        with torch.no_grad():
            return {"answer": self.model(torch.tensor([[number]])).item()}


def main() -> None:
    ray.init()
    # On every address: the notebook asks the head over the network.
    serve.start(http_options={"host": "0.0.0.0"})
    serve.run(Doubler.bind(), name="doubler", route_prefix="/double")
    try:
        head = urlsplit(os.environ["RAY_ADDRESS"]).hostname
        answer = requests.post(f"http://{head}:8000/double", json={"number": 21}, timeout=30)
        answer.raise_for_status()
        print(f"the model answers: {answer.json()['answer']}")
    finally:
        serve.delete("doubler")


if __name__ == "__main__":
    main()
