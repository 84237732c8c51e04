using System;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Text;
using Lyra.Cli.Repl;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command.Repl;

public sealed class HistoryFileTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private string FilePath => Path.Combine(_folder.Path, "new", "folder", "history");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Inputs_come_back_in_their_order()
    {
        HistoryFile history = new(FilePath);
        history.Entries.ShouldBeEmpty();
        string[] inputs = ["1", "proc f() {\n\treturn \"a\\nb\"\n}", "größe 🙂", "\\", "\\n"];
        Array.ForEach(inputs, history.Add);
        history.Entries.ShouldBe(inputs);
        new HistoryFile(FilePath).Entries.ShouldBe(inputs);
    }

    [Fact]
    public void Blank_repeated_and_huge_inputs_are_not_kept()
    {
        HistoryFile history = new(FilePath);
        string[] inputs = ["1", "1", " ", "", "\n", "2", "1", new string('x', HistoryFile.MaxLength + 1)];
        Array.ForEach(inputs, history.Add);
        history.Entries.ShouldBe(["1", "2", "1"]);
        new HistoryFile(FilePath).Entries.ShouldBe(["1", "2", "1"]);
    }

    [Fact]
    public void The_file_is_bounded()
    {
        for (int session = 0; session < 3; session++)
        {
            HistoryFile history = new(FilePath);
            for (int i = 0; i < HistoryFile.MaxEntries; i++)
            {
                history.Add($"{session} {i}");
            }

            history.Entries.Count.ShouldBe(HistoryFile.MaxEntries);
        }

        new HistoryFile(FilePath).Entries[0].ShouldBe("2 0");
        File.ReadAllLines(FilePath).Length.ShouldBe(HistoryFile.MaxEntries);
        Directory.GetFiles(Path.GetDirectoryName(FilePath)!).Length.ShouldBe(1);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Only_the_user_can_read_the_file()
    {
        new HistoryFile(FilePath).Add("secret");
        File.GetUnixFileMode(FilePath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Damaged_lines_are_ignored()
    {
        byte[] damaged = [.. "good\n"u8, 0xff, 0xfe, (byte)'\n', 0, 1, 2, (byte)'\n', .. "last"u8];
        string file = Path.Combine(_folder.Path, _folder.Write("damaged", damaged));
        HistoryFile history = new(file);
        history.Entries.ShouldBe(["good", "last"]);
        byte[] random = new byte[100_000];
        new Random(1).NextBytes(random);
        HistoryFile noise = new(Path.Combine(_folder.Path, _folder.Write("noise", random)));
        noise.Entries.ShouldAllBe(entry => !entry.Any(char.IsControl));
        noise.Add("1 + 1");
        noise.Entries[^1].ShouldBe("1 + 1");
    }

    [Fact]
    public void A_file_that_cannot_be_used_is_no_error()
    {
        string tooLong = Path.Combine(_folder.Path, new string('x', 5_000));
        foreach (string? path in new[] { null, _folder.Path, "/dev/null/history", "/dev/full", "\0", tooLong })
        {
            HistoryFile history = new(path);
            history.Entries.ShouldBeEmpty();
            history.Add("1");
            history.Entries.ShouldBe(["1"]);
        }

        string huge = Path.Combine(_folder.Path, "huge");
        using (FileStream stream = File.Create(huge))
        {
            stream.SetLength(1L << 40);
        }

        new HistoryFile(huge).Entries.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/dev/full")]
    [InlineData("/dev/zero")]
    public void An_endless_device_is_not_read(string path)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        new HistoryFile(path).Entries.ShouldBeEmpty();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
    }

    [Fact]
    public void The_file_has_one_line_for_each_input()
    {
        HistoryFile history = new(FilePath);
        history.Add("a {\n}");
        history.Add("b");
        File.ReadAllBytes(FilePath).ShouldBe(Encoding.UTF8.GetBytes("a {\\n}\nb\n"));
    }
}
