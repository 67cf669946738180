"""A process that seals or unseals until it is killed: run by `test_faults_package`."""

import sys
from pathlib import Path

from tests.faults.test_faults_package import load_agencies

if __name__ == "__main__":
    act, folder = sys.argv[1], Path(sys.argv[2])
    agencies = load_agencies(folder)
    print("ready", flush=True)
    agencies.seal() if act == "seal" else agencies.unseal()
