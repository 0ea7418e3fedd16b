"""Ray Core: splits a sum of squares over the workers of the tenant's cluster.

Run it in a notebook's terminal or paste it into a cell: ray.init() reads RAY_ADDRESS, which the hub sets.
"""

import ray
import torch


@ray.remote
def sum_of_squares(start: int, stop: int) -> int:
    return int((torch.arange(start, stop) ** 2).sum())


@ray.remote
class Total:
    """An actor keeps state between calls."""

    def __init__(self) -> None:
        self.total = 0

    def add(self, amount: int) -> int:
        self.total += amount
        return self.total


def main() -> None:
    ray.init()
    total = Total.remote()
    parts = [sum_of_squares.remote(start, start + 1000) for start in range(0, 10_000, 1000)]
    # A reference may be an argument: the number goes from worker to worker, not through the notebook.
    results = ray.get([total.add.remote(part) for part in parts])
    print(f"sum of squares below 10000: {max(results)}")


if __name__ == "__main__":
    main()
