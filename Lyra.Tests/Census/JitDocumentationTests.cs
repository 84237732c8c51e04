using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Lyra.Cli.Reports;
using Lyra.Jit.Profiles;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>The lists of docs/jit.md are current: abort reasons, thresholds, places with unchecked code.</summary>
public sealed partial class JitDocumentationTests
{
    private static readonly string Document = Repository.PathOf("docs", "jit.md");

    [Fact]
    public void Every_abort_reason_is_listed()
    {
        StringBuilder table = new("| reason | what happened |\n| --- | --- |\n");
        foreach (AbortReason reason in Enum.GetValues<AbortReason>())
        {
            table.Append(CultureInfo.InvariantCulture, $"| `{reason}` | {AbortDescription.Of(reason)} |\n");
        }

        Compare("aborts", table.ToString());
    }

    [Fact]
    public void Every_transition_of_a_loop_or_proc_is_listed()
    {
        StringBuilder table = new("| state | trigger | next state | action |\n| --- | --- | --- | --- |\n");
        foreach (TierTransition row in TierTransitions.All)
        {
            table.Append(CultureInfo.InvariantCulture, $"| `{row.From}` | `{row.Trigger}` | `{row.To}` | {row.Action} |\n");
        }

        Compare("transitions", table.ToString());
    }

    [Fact]
    public void Every_threshold_is_listed_with_its_default()
    {
        StringBuilder table = new("| option | default | meaning |\n| --- | --: | --- |\n");
        AppendProperties(table, "Tiering", new TierOptions());
        AppendParameters<RegionLimits>(table, "Profiles");
        AppendProperties(table, "Recording", new RecordingLimits());
        Compare("thresholds", table.ToString());
    }

    [Fact]
    public void Every_place_with_unchecked_code_is_listed_and_no_other()
    {
        string[] unchecked_ = [.. Directory.EnumerateFiles(Repository.PathOf("Lyra.Jit"), "*.cs", SearchOption.AllDirectories)
            .Where(file => UncheckedCode().IsMatch(Comment().Replace(File.ReadAllText(file), "")))
            .Select(file => Path.GetFileName(file))
            .Order(StringComparer.Ordinal)];
        string text = File.ReadAllText(Document);
        string[] listed = [.. FileName().Matches(text[PlaceOf("unchecked", text)]).Select(match => match.Groups["file"].Value).Distinct()
            .Order(StringComparer.Ordinal)];
        listed.ShouldBe(unchecked_, "the table in docs/jit.md under \"Unchecked code\" lists each file with the proof that it is sound");
    }

    private static void AppendProperties<T>(StringBuilder table, string folder, T defaults)
    {
        string source = File.ReadAllText(Repository.PathOf("Lyra.Jit", folder, typeof(T).Name + ".cs"));
        foreach (Match row in NumberProperty().Matches(source))
        {
            string name = row.Groups["name"].Value;
            Append(table, name, typeof(T).GetProperty(name)!.GetValue(defaults)!, row.Groups["meaning"].Value);
        }
    }

    private static void AppendParameters<T>(StringBuilder table, string folder)
    {
        string source = File.ReadAllText(Repository.PathOf("Lyra.Jit", folder, typeof(T).Name + ".cs"));
        Dictionary<string, string> meanings = ParameterDoc().Matches(source)
            .ToDictionary(m => m.Groups["name"].Value, m => m.Groups["meaning"].Value);
        foreach (ParameterInfo parameter in typeof(T).GetConstructors()[0].GetParameters())
        {
            meanings.ShouldContainKey(parameter.Name!, $"{typeof(T).Name} says nothing of it");
            Append(table, parameter.Name!, parameter.DefaultValue!, meanings[parameter.Name!]);
        }
    }

    private static void Append(StringBuilder table, string name, object value, string meaning) =>
        table.Append(CultureInfo.InvariantCulture, $"| `{name}` | {value:N0} | {SeeReference().Replace(meaning, "`$1`")} |\n");

    /// <summary>Compares the part of the document between two marks with the expected text; <c>LYRA_BLESS=1</c> updates it.</summary>
    private static void Compare(string part, string expected)
    {
        string text = File.ReadAllText(Document);
        Range place = PlaceOf(part, text);
        Bless.Compare($"{text[..place.Start]}\n{expected}{text[place.End..]}", Document);
    }

    private static Range PlaceOf(string part, string text)
    {
        string begin = $"<!-- {part} -->";
        int start = text.IndexOf(begin, StringComparison.Ordinal);
        int end = text.IndexOf($"<!-- end {part} -->", StringComparison.Ordinal);
        (start >= 0 && end > start).ShouldBeTrue($"docs/jit.md has no part between <!-- {part} --> and <!-- end {part} -->");
        return (start + begin.Length)..end;
    }

    [GeneratedRegex(@"/// <summary>(?<meaning>[^<]*)</summary>\s+public int (?<name>\w+) \{")]
    private static partial Regex NumberProperty();

    [GeneratedRegex(@"/// <param name=""(?<name>\w+)"">(?<meaning>.*?)</param>")]
    private static partial Regex ParameterDoc();

    [GeneratedRegex(@"<see cref=""([\w.]+)""/>")]
    private static partial Regex SeeReference();

    [GeneratedRegex(@"\bUnsafe\.|\bMemoryMarshal\.|\bunsafe\b|InlineSlot|skipVisibility: true")]
    private static partial Regex UncheckedCode();

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"`(?<file>[\w.]+\.cs)`")]
    private static partial Regex FileName();
}
