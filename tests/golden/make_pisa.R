# Maths of Danish pupils in PISA 2003, for pisa.toml: Rscript make_pisa.R > pisa.toml
suppressPackageStartupMessages(library(lme4))
d <- read.csv("../../src/kaeden/data/files/pisa_dnk_student_2003.csv", na.strings = "")
d$escs_of_unit <- ave(d$escs, d$school_id, FUN = function(x) mean(x, na.rm = TRUE))
d <- d[!is.na(d$escs), ]
middle <- mean(d$escs)
d$escs <- d$escs - middle
d$escs_of_unit <- d$escs_of_unit - middle
f <- lmer(math ~ escs + escs_of_unit + gender + (1 + escs | school_id), d,
          control = lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-11, maxfun = 1e5)))
z <- cbind(1, d$escs)
between <- mean(rowSums((z %*% VarCorr(f)$school_id) * z))
cat("# lme4", as.character(packageVersion("lme4")), "on the shipped rows of pisa_2003, REML, bobyqa to 1e-11\n")
cat("rows =", nrow(d), "\n")
cat(sprintf("mean = %.12g\n", mean(d$math)))
cat(sprintf("school_share = %.12g\n", between / (between + sigma(f)^2)))
cat("[coefficients]\n")
names <- c("", "escs", "escs_of_unit", "gender male")
for (i in 1:4) cat(sprintf('"%s" = %.12g\n', names[i], fixef(f)[i]))
cat("[schools]  # of the average child: fair value, and what one step of background means\n")
u <- ranef(f)$school_id
male <- mean(d$gender == "male")
for (one in head(rownames(u), 5)) {
  cat(sprintf('"%05d" = [%.12g, %.12g]\n', as.integer(one),
              fixef(f)[1] + male * fixef(f)[4] + u[one, 1], fixef(f)[2] + u[one, 2]))
}
