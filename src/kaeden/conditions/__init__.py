"""What lets leaders lead: time, support and presence.

Needs and time robbers get an answer by a day, and whoever told of them sees it.
"""
