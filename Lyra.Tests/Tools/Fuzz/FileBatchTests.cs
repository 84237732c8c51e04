using System.IO;
using Lyra.Fuzz.Batches;
using Lyra.Fuzz.Files;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Fuzz;

public sealed class FileBatchTests
{
    [Fact]
    public void No_access_leads_out_of_the_granted_folders()
    {
        using ScratchFolder folder = new();
        FileBatch batch = new(new FindFolder(folder.Path));
        for (int seed = 0; seed < 100; seed++)
        {
            batch.Try(seed)?.Text.ShouldBeNull($"seed {seed}");
        }

        batch.Tally.Items.ShouldBe(100);
        batch.Tally.Accepted.ShouldBeInRange(100, batch.Tally.Runs - 200);
    }

    [Theory]
    [InlineData("file", "real/file")]
    [InlineData("link/file", "real/file")]
    [InlineData("link/../file", "file")]
    [InlineData("up/x", "x")]
    [InlineData("cycle/x", null)]
    [InlineData("missing/./y", "missing/y")]
    public void The_model_follows_links(string path, string? expected)
    {
        using ScratchFolder folder = new();
        string root = RealPathModel.Of(folder.Path, "/")!;
        Directory.CreateDirectory(Path.Combine(root, "real"));
        File.CreateSymbolicLink(Path.Combine(root, "link"), "real");
        File.CreateSymbolicLink(Path.Combine(root, "up"), Path.Combine(root, "link", ".."));
        File.CreateSymbolicLink(Path.Combine(root, "cycle"), "cycle");
        if (path == "file")
        {
            path = Path.Combine(root, "link", "file");
        }

        RealPathModel.Of(path, root).ShouldBe(expected is null ? null : Path.Combine(root, expected));
    }
}
