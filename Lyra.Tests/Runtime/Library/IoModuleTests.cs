using System;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Library;

public sealed class IoModuleTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("lyra-io-").FullName;
    private readonly string _folder;
    private readonly BareContext _context;

    public IoModuleTests()
    {
        _folder = Path.Combine(_root, "scripts");
        Directory.CreateDirectory(_folder);
        _context = new BareContext(LyraCapabilities.All, _folder);
        File.WriteAllText(Path.Combine(_folder, "data.txt"), "first\nsecond é\r\n");
        File.WriteAllText(Path.Combine(_root, "secret.txt"), "secret");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Text_is_read_as_it_is()
    {
        LibraryCalls.Show(_context, "io.readText", "data.txt").ShouldBe("\"first\\nsecond é\\r\\n\"");
        LibraryCalls.Show(_context, "io.readText", Path.Combine(_folder, "data.txt")).ShouldStartWith("\"first");
        LibraryCalls.Show(_context, "io.readLines", "data.txt").ShouldBe("[\"first\", \"second é\"]");
    }

    [Fact]
    public void Text_is_written_and_appended()
    {
        LibraryCalls.Show(_context, "io.writeText", "out.txt", "é").ShouldBe("nil");
        LibraryCalls.Show(_context, "io.appendText", "out.txt", "!").ShouldBe("nil");
        File.ReadAllBytes(Path.Combine(_folder, "out.txt")).ShouldBe([0xC3, 0xA9, (byte)'!']);
    }

    [Fact]
    public void Folders_are_listed_in_order_made_and_removed()
    {
        LibraryCalls.Show(_context, "io.makeDir", "sub/deep").ShouldBe("nil");
        LibraryCalls.Show(_context, "io.listDir").ShouldBe("[\"data.txt\", \"sub\"]");
        LibraryCalls.Show(_context, "io.listDir", "sub").ShouldBe("[\"deep\"]");
        LibraryCalls.Show(_context, "io.exists", "sub").ShouldBe("true");
        LibraryCalls.Show(_context, "io.remove", "sub").ShouldBe("!" + ErrorKinds.IOError);
        LibraryCalls.Show(_context, "io.remove", "sub/deep").ShouldBe("true");
        LibraryCalls.Show(_context, "io.remove", "data.txt").ShouldBe("true");
        LibraryCalls.Show(_context, "io.remove", "data.txt").ShouldBe("false");
        LibraryCalls.Show(_context, "io.exists", "data.txt").ShouldBe("false");
    }

    [Theory]
    [InlineData("io.readText", "nope.txt")]
    [InlineData("io.readLines", "nope/nope.txt")]
    [InlineData("io.listDir", "nope")]
    [InlineData("io.readText", "")]
    [InlineData("io.readText", "a\0b")]
    public void A_failed_operation_is_an_io_error_and_not_a_denial(string name, string path)
    {
        string message = LibraryCalls.ErrorOf(_context, name, path);
        message.ShouldStartWith(ErrorKinds.IOError);
        message.ShouldNotContain("denied");
        message.ShouldNotContain(_root);
    }

    [Fact]
    public void A_folder_is_no_file()
    {
        LibraryCalls.Show(_context, "io.makeDir", "sub").ShouldBe("nil");
        foreach (string name in new[] { "io.readText", "io.readLines" })
        {
            LibraryCalls.ErrorOf(_context, name, "sub").ShouldBe($"IOError: {name}: 'sub' is a folder, not a file");
        }

        LibraryCalls.ErrorOf(_context, "io.readText", ".").ShouldBe("IOError: io.readText: '.' is a folder, not a file");
        LibraryCalls.ErrorOf(_context, "io.writeText", "sub", "x").ShouldBe("IOError: io.writeText: 'sub' is a folder, not a file");
        LibraryCalls.ErrorOf(_context, "io.appendText", "sub", "x").ShouldBe("IOError: io.appendText: 'sub' is a folder, not a file");
        LibraryCalls.ErrorOf(_context, "io.listDir", "data.txt").ShouldBe("IOError: io.listDir: 'data.txt' is a file, not a folder");
        LibraryCalls.ErrorOf(_context, "io.makeDir", "data.txt").ShouldBe("IOError: io.makeDir: 'data.txt' is a file, not a folder");
    }

    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("sub/../../secret.txt")]
    [InlineData("../scripts-other")]
    [InlineData("/etc/passwd")]
    public void Paths_outside_the_folder_are_denied(string path)
    {
        foreach (string name in new[] { "io.readText", "io.readLines", "io.exists", "io.listDir", "io.makeDir", "io.remove" })
        {
            ShouldBeDenied(LibraryCalls.ErrorOf(_context, name, path));
        }

        ShouldBeDenied(LibraryCalls.ErrorOf(_context, "io.writeText", path, "x"));
        ShouldBeDenied(LibraryCalls.ErrorOf(_context, "io.appendText", path, "x"));
        File.ReadAllText(Path.Combine(_root, "secret.txt")).ShouldBe("secret");
    }

    [Fact]
    public void Links_are_followed_before_a_path_is_judged()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "out"), "../secret.txt");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "up"), _root);
        File.CreateSymbolicLink(Path.Combine(_folder, "in"), "data.txt");
        File.CreateSymbolicLink(Path.Combine(_folder, "loop"), "loop");
        File.CreateSymbolicLink(Path.Combine(_folder, "dangling"), "../not-yet.txt");
        ShouldBeDenied(LibraryCalls.ErrorOf(_context, "io.readText", "out"));
        ShouldBeDenied(LibraryCalls.ErrorOf(_context, "io.readText", "up/secret.txt"));
        ShouldBeDenied(LibraryCalls.ErrorOf(_context, "io.readText", "loop"));
        ShouldBeDenied(LibraryCalls.ErrorOf(_context, "io.writeText", "dangling", "x"));
        LibraryCalls.Show(_context, "io.readText", "in").ShouldStartWith("\"first");
        LibraryCalls.Show(_context, "io.readText", "up/scripts/data.txt").ShouldStartWith("\"first");
    }

    [Fact]
    public void Pipes_devices_and_sockets_are_refused_at_once()
    {
        NamedPipe.Create(Path.Combine(_folder, "pipe"));
        File.CreateSymbolicLink(Path.Combine(_folder, "link"), "pipe");
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, "socket")));
        _context.HostOptions = new HostServices
        {
            Capabilities = LyraCapabilities.All,
            BaseFolder = _folder,
            ReadFolders = [_folder, "/dev"],
            WriteFolders = [_folder, "/dev"],
        };
        foreach (string path in new[] { "pipe", "link", "socket", "/dev/null", "/dev/zero" })
        {
            ShouldBeRefused(LibraryCalls.ErrorOf(_context, "io.readText", path));
            ShouldBeRefused(LibraryCalls.ErrorOf(_context, "io.readLines", path));
            ShouldBeRefused(LibraryCalls.ErrorOf(_context, "io.writeText", path, "x"));
            ShouldBeRefused(LibraryCalls.ErrorOf(_context, "io.appendText", path, "x"));
            LibraryCalls.Show(_context, "io.exists", path).ShouldBe("true");
        }

        static void ShouldBeRefused(string message) =>
            message.ShouldEndWith("is a pipe, a device or a socket; only regular files can be opened");
    }

    [Fact]
    public void A_file_that_another_program_has_locked_is_refused()
    {
        using FileStream locked = new(Path.Combine(_folder, "data.txt"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        LibraryCalls.Show(_context, "io.readText", "data.txt").ShouldBe("!" + ErrorKinds.IOError);
        LibraryCalls.Show(_context, "io.writeText", "data.txt", "x").ShouldBe("!" + ErrorKinds.IOError);
        locked.Length.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Writing_replaces_a_longer_text()
    {
        LibraryCalls.Show(_context, "io.writeText", "data.txt", "x").ShouldBe("nil");
        LibraryCalls.Show(_context, "io.readText", "data.txt").ShouldBe("\"x\"");
    }

    [Theory]
    [InlineData("x/", 2_000_000)]
    [InlineData("./", 3_000)]
    [InlineData("x", 5_000)]
    public void A_path_longer_than_any_file_is_refused(string part, int count) =>
        LibraryCalls.ErrorOf(_context, "io.exists", string.Concat(Enumerable.Repeat(part, count)))
            .ShouldBe("IOError: io.exists: the path must not have more than 4,096 characters");

    [Fact]
    public void Links_do_not_lengthen_a_path_beyond_the_bound()
    {
        string target = string.Concat(Enumerable.Repeat("sub/", 400));
        File.CreateSymbolicLink(Path.Combine(_folder, "sub"), ".");
        File.CreateSymbolicLink(Path.Combine(_folder, "long"), target);
        LibraryCalls.ErrorOf(_context, "io.exists", "long/" + string.Concat(Enumerable.Repeat("x/", 1_900)))
            .ShouldContain("denied; its symbolic links");
    }

    [Fact]
    public void Without_the_capability_everything_is_denied()
    {
        BareContext context = new(LyraCapabilities.None, _folder);
        ShouldBeDenied(LibraryCalls.ErrorOf(context, "io.readText", "data.txt"));
        ShouldBeDenied(LibraryCalls.ErrorOf(context, "io.exists", "data.txt"));
        BareContext reader = new(LyraCapabilities.ReadFiles, _folder);
        LibraryCalls.Show(reader, "io.exists", "data.txt").ShouldBe("true");
        ShouldBeDenied(LibraryCalls.ErrorOf(reader, "io.writeText", "data.txt", "x"));
    }

    [Fact]
    public void Granted_folders_replace_the_scripts_own()
    {
        string other = Path.Combine(_root, "other");
        Directory.CreateDirectory(other);
        File.WriteAllText(Path.Combine(other, "a.txt"), "a");
        _context.HostOptions = new HostServices
        {
            Capabilities = LyraCapabilities.All,
            BaseFolder = _folder,
            ReadFolders = [other, _folder],
            WriteFolders = [other],
        };
        LibraryCalls.Show(_context, "io.readText", "../other/a.txt").ShouldBe("\"a\"");
        LibraryCalls.Show(_context, "io.readText", "data.txt").ShouldStartWith("\"first");
        ShouldBeDenied(LibraryCalls.ErrorOf(_context, "io.writeText", "data.txt", "x"));
        LibraryCalls.Show(_context, "io.writeText", "../other/b.txt", "b").ShouldBe("nil");
    }

    [Fact]
    public void Without_a_folder_nothing_is_granted()
    {
        ShouldBeDenied(LibraryCalls.ErrorOf(new BareContext(), "io.readText", "data.txt"));
    }

    [Fact]
    public void A_large_file_counts_against_the_memory_limit_before_it_is_read()
    {
        File.WriteAllText(Path.Combine(_folder, "large.txt"), new string('x', 100_000));
        BareContext context = new(LyraCapabilities.All, _folder) { Memory = { Left = 10_000 } };
        LibraryCalls.Show(context, "io.readText", "large.txt").ShouldBe("!" + ErrorKinds.LimitExceeded);
    }

    private static void ShouldBeDenied(string message)
    {
        message.ShouldStartWith(ErrorKinds.IOError);
        message.ShouldContain("denied");
    }
}
