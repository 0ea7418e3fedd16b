"""Ray Tune: tries learning rates in parallel and names the best."""

import ray
import torch
from ray import tune


def fit(config: dict) -> dict:
    torch.manual_seed(0)
    inputs = torch.rand(256, 1)
    targets = 3 * inputs + 1
    model = torch.nn.Linear(1, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=config["learning_rate"])
    for _ in range(100):
        loss = torch.nn.functional.mse_loss(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return {"loss": loss.item()}


def main() -> None:
    ray.init()
    tuner = tune.Tuner(
        fit,
        param_space={"learning_rate": tune.grid_search([0.001, 0.01, 0.1])},
        tune_config=tune.TuneConfig(metric="loss", mode="min"),
    )
    best = tuner.fit().get_best_result()
    print(f"best learning rate: {best.config['learning_rate']}")


if __name__ == "__main__":
    main()
