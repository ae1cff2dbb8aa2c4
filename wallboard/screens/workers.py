"""The threads that do what no answer waits for to its end: one set for a process, however often its room is read again."""

from concurrent.futures import ThreadPoolExecutor

WORKERS = 4
"""How many pictures are made at one time: they share one interpreter, and each worker keeps pages of the store in memory."""

POOL = ThreadPoolExecutor(WORKERS, thread_name_prefix="picture")
