using System;
using System.IO;
using Lyra.Fuzz.Batches;
using Lyra.Fuzz.Running;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.Files;

/// <summary>
/// Random folder trees that scripts access under random grants. It needs symbolic links and pipes, so it does nothing on Windows.
/// </summary>
/// <param name="folder">The folder for reports.</param>
internal sealed class FileBatch(FindFolder folder) : IBatch
{
    /// <summary>The trees' folder. Its path has no links, so that the paths of entries are real.</summary>
    private readonly string _root = RealPathModel.Of(Path.Combine(Path.GetTempPath(), $"lyra-fuzz-files-{Environment.ProcessId}"), "/")!;

    public Tally Tally { get; } = new();

    public Coverage? Coverage => null;

    public Find? Try(long seed)
    {
        Tally.Items++;
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        try
        {
            using FileAccessRun run = new(Path.Combine(_root, "tree"), new FuzzRandom(seed));
            string? failure = run.Execute(isAllowed =>
            {
                Tally.Runs++;
                Tally.Accepted += isAllowed ? 1 : 0;
            });
            return failure is null ? null : Report(seed, failure.Split('\n')[0], failure);
        }
        catch (Exception e)
        {
            // No access may throw anything that is not documented.
            return Report(seed, e.GetType().Name, $"{e}");
        }
        finally
        {
            Directory.Delete(_root, recursive: true);
        }
    }

    public Find Report(long seed, string kind, string text) =>
        new(seed, kind, text, folder.Write($"files-{seed}", "report.txt", $"seed {seed}: {kind}\n{text}\n"));
}
