# Clopper and Pearson's intervals, printed as share_interval.toml has them.
cases <- data.frame(hits = c(8, 0, 7, 1, 45, 8), n = c(10, 7, 7, 5, 52, 10),
                    level = c(.95, .95, .95, .95, .95, .9))
cat('# Hits of trials.\ndata = "made up"\nmodel = "Clopper and Pearson\'s interval"\n')
cat('made_by = "R 4.2.2: binom.test(hits, n, conf.level = level)$conf.int"\ntolerance = 1e-10\n')
for (i in seq_len(nrow(cases))) {
  one <- cases[i, ]
  ends <- binom.test(one$hits, one$n, conf.level = one$level)$conf.int
  cat(sprintf("\n[[case]]\nhits = %d\nn = %d\nlevel = %g\nlow = %.15g\nhigh = %.15g\n",
              one$hits, one$n, one$level, ends[1], ends[2]))
}
