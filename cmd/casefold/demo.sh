# The end of `make demo`: what was found, where the outputs are, what to try.
set -eu
out=$1/out
outcomes() { # LAW: how often each outcome occurs; the columns up to outcome hold no commas
	awk -F, -v law="$1" '$11==law{n[$13]++}END{for(v in n)printf "    %-28s %7d\n",v,n[v]}' "$out/determinations.csv" | sort -k2,2nr
}
first() { # OUTCOME FIELD: from the first determination of that outcome
	awk -F, -v o="$1" -v f="$2" '$11=="prop64"&&$13==o{print $f; exit}' "$out/determinations.csv"
}
lines() { echo $(($(wc -l <"$1") - 1)); }
conviction=$(first dismiss_and_seal 1)
person=$(first dismiss_and_seal 2)
review=$(first review 1)
cat <<TEXT

What was found in a county that does not exist
    persons                      $(tail -n +2 "$out/clusters.csv" | cut -d, -f3 | sort -u | wc -l)
    possible links               $(lines "$out/possible-links.csv")
    convictions                  $(lines "$out/convictions.csv")
  determinations under Proposition 64
$(outcomes prop64)
  and under Proposition 47
$(outcomes prop47)
  filings prepared              $(lines "$out/filings.csv")
  waiting for a person          $(lines "$out/worklist.csv")

Where it lies: $out/*.csv (columns: docs/contract.md), the sources in $1/, the truth in $1/truth_*.csv

What to try
    bin/casefold -c $1/casefold.yaml history $person
    bin/casefold -c $1/casefold.yaml why $conviction
    bin/casefold -c $1/casefold.yaml why $review
    bin/casefold -c $1/casefold.yaml search "garcia maria"
    bin/casefold synth -o $1 --score $out | less     # against the truth
    bin/casefold -c $1/casefold.yaml serve           # the same in a browser
TEXT
