"""What a network is, in a table and a picture: who brokers, who is listened to, where it jams, what breaks it."""
