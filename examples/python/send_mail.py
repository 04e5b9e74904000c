"""Has the email service send a mail: puts a task into its work queue.

    python3 send_mail.py amqp://visitor:…@127.0.0.1:20173/order-events ada@example.com
"""

import json
import sys
import uuid

import pika

url, to = sys.argv[1:3]
connection = pika.BlockingConnection(pika.URLParameters(url))
channel = connection.channel()

# From here on, basic_publish returns when the broker has stored the message, and raises where it does not.
channel.confirm_delivery()
channel.basic_publish(
    exchange="",
    routing_key="email_tasks",
    body=json.dumps({"to": to, "subject": "Hello from Python", "content": "pika sent this."}),
    properties=pika.BasicProperties(
        content_type="application/json",
        delivery_mode=2,  # persistent: kept when the broker restarts
        # A task that is sent twice under the same id is one mail.
        message_id=str(uuid.uuid4()),
    ),
    mandatory=True,
)
print("The task is stored.")
connection.close()
