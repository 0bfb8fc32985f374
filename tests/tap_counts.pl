#!/usr/bin/perl
# tap_counts.pl FILE: counts of what TAP::Parser takes from a stream of TAP.
use strict;
use warnings;
use TAP::Parser;

open my $file, '<', $ARGV[0] or die "$ARGV[0]: $!\n";
my $text = do { local $/; <$file> };
my $parser = TAP::Parser->new({ tap => $text });
my %n = (ok => 0, fails => 0, todo => 0, skip => 0, yaml => 0);
my ($bail, $version) = ('', 0);
while (my $result = $parser->next) {
	$bail = $result->explanation if $result->is_bailout;
	$version = $result->version if $result->is_version;
	$n{yaml}++ if $result->is_yaml;
	die "not TAP: " . $result->raw . "\n" if $result->is_unknown;
	next unless $result->is_test;
	if ($result->has_todo) { $n{todo}++ }
	elsif ($result->has_skip) { $n{skip}++ }
	elsif ($result->is_ok) { $n{ok}++ }
	else { $n{fails}++ }
}
print "version $version\n";
print "plan ", $parser->plan // 'none', "\n" unless $bail;
print "$_ $n{$_}\n" for qw(ok fails todo skip yaml);
print "bail $bail\n" if $bail;
print "error $_\n" for $parser->parse_errors;
