"""Splink on a file of persons, from CSV to clusters.

usage: splink.py RECORDS.csv CLUSTERS.csv

The settings are those its documentation recommends for such columns: the
comparisons made for names, dates of birth and numbers, several blocking rules of
two or more fields, m and u by the recommended three steps, links at a
probability of .95. Prints candidate pairs and seconds by stage as JSON.
"""
import json
import logging
import resource
import sys
import time

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.disable(logging.WARNING)
records, clusters = sys.argv[1:3]
stages, started = {"seconds": {}, "cpu_seconds": {}}, None


def used():
    u = resource.getrusage(resource.RUSAGE_SELF)
    return u.ru_utime + u.ru_stime


def lap(name):
    global started
    now = time.time(), used()
    if started:
        stages["seconds"][name] = round(now[0] - started[0], 3)
        stages["cpu_seconds"][name] = round(now[1] - started[1], 3)
    started = now


lap("")
db = duckdb.connect()
db.execute(
    "create table persons as select *, first_name || ' ' || surname as whole "
    "from read_csv($1, all_varchar = true, header = true, nullstr = '')",
    [records],
)
api = DuckDBAPI(connection=db)
rules = [
    block_on("ssn"),
    block_on("surname", "dob"),
    block_on("first_name", "dob"),
    block_on("dob", "zip"),
    block_on("first_name", "surname", "zip"),
    block_on("first_name", "surname", "substr(dob, 1, 4)"),
    block_on("first_name", "surname", "substr(dob, 6, 5)"),
    block_on("surname", "zip", "substr(first_name, 1, 1)"),
]
settings = SettingsCreator(
    link_type="dedupe_only",
    unique_id_column_name="rec_id",
    blocking_rules_to_generate_predictions=rules,
    comparisons=[
        cl.ForenameSurnameComparison("first_name", "surname", forename_surname_concat_col_name="whole"),
        cl.JaroWinklerAtThresholds("middle", [0.9]),
        cl.DateOfBirthComparison("dob", input_is_string=True),
        cl.ExactMatch("sex"),
        cl.LevenshteinAtThresholds("ssn", [1, 2]),
        cl.ExactMatch("zip").configure(term_frequency_adjustments=True),
    ],
    retain_intermediate_calculation_columns=False,
    retain_matching_columns=False,
)
linker = Linker(api.register("persons"), settings)
lap("read")
train = linker.training
train.estimate_probability_two_random_records_match([block_on("ssn"), block_on("first_name", "surname", "dob")], recall=0.8)
train.estimate_u_using_random_sampling(max_pairs=1e7)
for rule in (block_on("ssn"), block_on("dob", "zip"), block_on("first_name", "surname", "substr(zip, 1, 3)")):
    train.estimate_parameters_using_expectation_maximisation(rule)
lap("train")
found = linker.inference.predict(threshold_match_probability=0.5)
lap("predict")
groups = linker.clustering.cluster_pairwise_predictions_at_threshold(found, threshold_match_probability=0.95)
lap("cluster")
db.execute(f"copy (select rec_id, cluster_id from {groups.physical_name}) to '{clusters}' (header, delimiter ',')")
lap("write")
stages["pairs"] = db.sql(f"select count(*) from {found.physical_name}").fetchall()[0][0]
print(json.dumps(stages))
