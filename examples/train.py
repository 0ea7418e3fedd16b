"""Ray Train: two workers fit one line together, by PyTorch's DistributedDataParallel.

On GPU workers set use_gpu=True in ScalingConfig; the rest stays.
"""

import ray
import torch
from ray import train
from ray.train.torch import TorchTrainer, prepare_model


def fit(config: dict) -> float:
    torch.manual_seed(train.get_context().get_world_rank())
    inputs = torch.rand(256, 1)
    targets = 3 * inputs + 1
    model = prepare_model(torch.nn.Linear(1, 1))
    optimizer = torch.optim.Adam(model.parameters(), lr=config["learning_rate"])
    for _ in range(config["epochs"]):
        loss = torch.nn.functional.mse_loss(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()


@ray.remote(num_cpus=0)
def run() -> float:
    """Starts the training from the cluster: a trainer wants to run on one of its nodes."""
    trainer = TorchTrainer(
        fit,
        train_loop_config={"learning_rate": 0.1, "epochs": 200},
        scaling_config=train.ScalingConfig(num_workers=2),
    )
    return trainer.fit().return_value


def main() -> None:
    ray.init()
    print(f"loss after training on two workers: {ray.get(run.remote()):.6f}")


if __name__ == "__main__":
    main()
