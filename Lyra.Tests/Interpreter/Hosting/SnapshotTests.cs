using System;
using System.IO;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>The proc <c>test.snapshot</c> keeps its files below the folder of the script.</summary>
public sealed class SnapshotTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lyra-snapshots-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_value_is_written_first_and_compared_later()
    {
        using LyraEngine engine = new(new LyraOptions
        {
            BaseFolder = _folder,
            Capabilities = LyraCapabilities.ReadFiles | LyraCapabilities.WriteFiles,
        });

        engine.Run("import test\ntest.snapshot(\"list\", [1, \"a\"])\ntest.snapshot(\"list\", [1, \"a\"])");

        File.ReadAllText(Path.Combine(_folder, "snapshots", "list.txt")).ShouldBe("[1, \"a\"]\n");
        LyraException error = Should.Throw<LyraException>(() => engine.Run("import test\ntest.snapshot(\"list\", [2])"));
        error.Message.ShouldContain("the value is [2], but snapshots/list.txt has [1, \"a\"]");
    }

    [Fact]
    public void It_needs_the_capability_to_write()
    {
        using LyraEngine engine = new(new LyraOptions { BaseFolder = _folder, Capabilities = LyraCapabilities.ReadFiles });

        LyraException error = Should.Throw<LyraException>(() => engine.Run("import test\ntest.snapshot(\"list\", [1])"));

        error.Message.ShouldContain("test.snapshot: writing files is denied");
    }
}
