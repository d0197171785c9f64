"""The rule file that ``boilerstrip rules new`` writes: it loads, and says what may be in one."""

TEMPLATE = """\
# Rules of your own for boilerstrip: they beat the shipped ones.
#   boilerstrip rules check FILE            are they sound, and do their examples come out?
#   boilerstrip rules try 'PATTERN' CORPUS  what would a pattern hit, in bodies and outside?
#   boilerstrip clean --rules FILE ...      use them; boilerstrip explain --rules FILE shows them
#
# Above the first rule may stand what holds for all rules of the file:
# category = "related"
# languages = ["en"]
# sites = ["example.org"]           # only on pages of this host and of those below it
# outlets = ["The Ardal Post"]      # only on articles of this outlet
# off = ["media/credit-line-fr"]    # shipped rules that are switched off (where this file holds)

[[rule]]
# Your own name for it. Nothing else may be called so.
id = "own/our-series"
# What the line is: {categories}.
# "body" is what is to stay.
category = "related"
why = "Our site ends its stories with a link to the series."
languages = ["en"]

# What it takes, one or more of these:
# phrases = ["Read our series", "More stories"]  # whole lines; case and edge punctuation are equal
line = 'More from our series:.{1,100}'           # a pattern for a whole line
# inline = 'click here to subscribe'             # a pattern for a piece of a line

# Where: anywhere (if left out), head, tail, beside (another removed line), foot, thread.
where = "tail"
# How far: block (if left out), span (the piece alone), section (to where prose resumes), to-end.
# extent = "to-end"

# Lines that must go, and lines that look like them and must stay: at least two of each. Take them
# from real articles. `boilerstrip rules check` tries them all.
removes = [
  "More from our series: Bridges",
  "More from our series: Ferries",
]
keeps = [
  "More from our series of talks is on the radio tonight.",
  "More from our series",
]

# A rule of the category "body" keeps lines instead: "keeps" are then those that stay thanks to it,
# "removes" the near misses that go. With "against" it keeps them from these rules alone.
# [[rule]]
# id = "own/ticker"
# category = "body"
# why = "Our ticker's last line is news."
# languages = ["en"]
# line = 'Advertisement tax: .{1,100}'
# against = ["advertisement/label"]
# keeps = ["Advertisement tax: 3 per cent", "Advertisement tax: none"]
# removes = ["Advertisement", "Advertisement:"]
"""
