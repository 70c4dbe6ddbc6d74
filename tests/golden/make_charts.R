# Control charts with the formulas written out, and the runs' rules from rle and qbinom:
# a rate with a gap and two phases (Laney's u'), single values with a gap and a baseline.
# Run in this folder: Rscript make_charts.R > control_charts_made_up.toml

said <- function(x) paste0("[", paste(ifelse(is.na(x), "nan", sprintf("%.15g", x)), collapse = ", "), "]")

steps <- function(z) {
  mr <- abs(diff(z))
  mr <- mr[!is.na(mr)]
  mean(mr[mr <= 3.267 * mean(mr)]) / 1.128
}

runs <- function(y, centre) {
  side <- sign(y - centre)
  side <- side[!is.na(side) & side != 0]
  lengths <- rle(side)$lengths
  c(max(lengths), round(log2(length(side))) + 3, length(lengths) - 1,
    qbinom(0.05, length(side) - 1, 0.5))
}

events <- c(12, 9, 15, 11, NA, 14, 10, 25, 13, 22, 24, 31, 28, 19, 27, 30, 26, 33)
exposure <- c(100, 90, 120, 100, 95, 110, 105, 98, 100, 102, 97, 120, 110, 90, 100, 115, 99, 101)
rate <- events / exposure
phase <- rep(0:1, each = 9)
centre <- lower <- upper <- numeric(18)
phi <- numeric(2)
found <- NULL
for (p in 0:1) {
  of <- which(phase == p)
  there <- of[!is.na(events[of])]
  u <- sum(events[there]) / sum(exposure[there])
  s <- sqrt(u / exposure[of])
  s[is.na(events[of])] <- NA
  phi[p + 1] <- steps((rate[of] - u) / s)
  centre[of] <- u
  lower[of] <- pmax(u - 3 * phi[p + 1] * s, 0)
  upper[of] <- u + 3 * phi[p + 1] * s
  found <- rbind(found, runs(rate[of], u))
}
cat('made_by = "R 4.2.2, the formulas of Laney (2002) and Anhoej (2014) written out"\n')
cat('data = "made up; see make_charts.R"\ntolerance = 1e-12\n\n[rate]\n')
cat("events =", said(events), "\nexposure =", said(exposure), "\nchange = 9\n")
cat("centre =", said(centre), "\nlower =", said(lower), "\nupper =", said(upper), "\n")
cat("dispersion =", said(phi), "\nlongest_run =", said(found[, 1]),
    "\nlongest_run_expected =", said(found[, 2]), "\ncrossings =", said(found[, 3]),
    "\ncrossings_expected =", said(found[, 4]), "\n")

value <- c(3.61, 3.58, 3.66, NA, 3.63, 3.59, 3.9, 3.6, 3.57, 3.64, 3.65, 3.71, 3.7, 3.74, 3.72, 3.69, 3.75, 3.3)
centre <- mean(value[1:10], na.rm = TRUE)
sigma <- steps(value[1:10])
found <- runs(value, centre)
cat("\n[single]\nvalue =", said(value), "\nbaseline = 10\n")
cat(sprintf("centre = %.15g\nlower = %.15g\nupper = %.15g\nsigma = %.15g\n",
            centre, centre - 3 * sigma, centre + 3 * sigma, sigma))
cat("outside =", said(which(abs(value - centre) > 3 * sigma) - 1), "\n")
cat(sprintf("longest_run = %d\nlongest_run_expected = %d\ncrossings = %d\ncrossings_expected = %d\n",
            found[1], found[2], found[3], found[4]))
