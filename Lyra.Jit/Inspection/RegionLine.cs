using System.Collections.Generic;
using Lyra.Jit.Profiles;

namespace Lyra.Jit.Inspection;

/// <summary>A line of the script with code in a region.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The 1-based line.</param>
/// <param name="Text">The text of the line, with its indentation.</param>
/// <param name="Guards">Guards of its instructions.</param>
/// <param name="Exits">Exits through these guards, without ends of the loop.</param>
/// <param name="Interpreted">Call-outs of its instructions.</param>
internal sealed record RegionLine(string File, int Line, string Text, int Guards, long Exits, long Interpreted)
{
    /// <summary>The lines with a recorded instruction in a frame of the region, by file in the order of the calls, then by line.</summary>
    public static List<RegionLine> Of(
        RegionProfile profile, RegionPart tree, IReadOnlyList<GuardReport> guards, IReadOnlyList<InterpretedReport> interpreted)
    {
        List<string> files = [];
        SortedDictionary<(int File, int Line), string> texts = [];
        Collect(profile.Root, files, texts);
        CollectCalls(tree, files, texts);
        List<RegionLine> lines = [];
        foreach (((int file, int line), string text) in texts)
        {
            (int count, long exits) = GuardsAt(guards, files[file], line);
            lines.Add(new RegionLine(files[file], line, text, count, exits, InterpretedAt(interpreted, files[file], line)));
        }

        return lines;
    }

    private static void CollectCalls(RegionPart part, List<string> files, SortedDictionary<(int File, int Line), string> texts)
    {
        foreach (RegionPart inner in part.Parts)
        {
            if (inner.Kind == RegionPartKind.Proc)
            {
                Collect(inner.Context, files, texts);
            }

            CollectCalls(inner, files, texts);
        }
    }

    private static void Collect(CallContext context, List<string> files, SortedDictionary<(int File, int Line), string> texts)
    {
        Runtime.Bytecode.Prototype prototype = context.Code.Prototype;
        int file = files.IndexOf(prototype.Source.FileName);
        if (file < 0)
        {
            file = files.Count;
            files.Add(prototype.Source.FileName);
        }

        for (int pc = 0; pc < prototype.Code.Length; pc++)
        {
            if (context.ProfileAt(pc) is not null)
            {
                int line = prototype.PositionAt(pc).Line;
                texts.TryAdd((file, line), prototype.Source.LineText(line).TrimEnd());
            }
        }
    }

    private static (int Count, long Exits) GuardsAt(IReadOnlyList<GuardReport> guards, string file, int line)
    {
        int count = 0;
        long exits = 0;
        foreach (GuardReport guard in guards)
        {
            if (guard.Place.Line == line && guard.Place.File == file && !guard.IsEnd)
            {
                count++;
                exits += guard.Exits;
            }
        }

        return (count, exits);
    }

    private static long InterpretedAt(IReadOnlyList<InterpretedReport> interpreted, string file, int line)
    {
        long count = 0;
        foreach (InterpretedReport report in interpreted)
        {
            count += report.Place.Line == line && report.Place.File == file ? report.Count : 0;
        }

        return count;
    }
}
