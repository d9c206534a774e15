"""The search for schemes: goals and conditions, what may be turned, and candidates tried in uncertain worlds."""
