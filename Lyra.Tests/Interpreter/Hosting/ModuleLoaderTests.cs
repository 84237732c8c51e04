using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

public sealed class ModuleLoaderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("lyra-modules-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_file_is_found_relative_to_its_importer()
    {
        Write("main.lyra", "lib/util.lyra", "lib/other.lyra", "util.lyra");
        FileModuleLoader loader = new(_root);
        loader.Resolve("lib/util", PathOf("main.lyra")).ShouldBe(PathOf("lib/util.lyra"));
        loader.Resolve("other", PathOf("lib/util.lyra")).ShouldBe(PathOf("lib/other.lyra"));
        loader.Resolve("../util", PathOf("lib/util.lyra")).ShouldBe(PathOf("util.lyra"));
        loader.Resolve("./lib/../lib/util.lyra", PathOf("main.lyra")).ShouldBe(PathOf("lib/util.lyra"));
        loader.Resolve("util", "<script>").ShouldBe(PathOf("util.lyra"));
    }

    [Fact]
    public void A_missing_file_is_no_module()
    {
        FileModuleLoader loader = new(_root);
        loader.Resolve("nowhere", string.Empty).ShouldBeNull();
        loader.Resolve(string.Empty, string.Empty).ShouldBeNull();
        loader.Resolve("nul\0byte", string.Empty).ShouldBeNull();
    }

    [Fact]
    public void Nothing_outside_the_root_is_found()
    {
        Write("inside/main.lyra", "outside.lyra", "inside-too.lyra");
        FileModuleLoader loader = new(PathOf("inside"));
        foreach (string path in new[] { "../outside", "x/../../outside", PathOf("outside"), "../inside-too", "../nowhere" })
        {
            Should.Throw<UnauthorizedAccessException>(() => loader.Resolve(path, PathOf("inside/main.lyra"))).Message.ShouldContain(path);
        }
    }

    [Fact]
    public void Symbolic_links_do_not_lead_outside()
    {
        Write("inside/main.lyra", "outside/secret.lyra");
        File.CreateSymbolicLink(PathOf("inside/link.lyra"), PathOf("outside/secret.lyra"));
        Directory.CreateSymbolicLink(PathOf("inside/folder"), PathOf("outside"));
        FileModuleLoader loader = new(PathOf("inside"));
        Should.Throw<UnauthorizedAccessException>(() => loader.Resolve("link", string.Empty));
        Should.Throw<UnauthorizedAccessException>(() => loader.Resolve("folder/secret", string.Empty));
    }

    [Fact]
    public void The_error_does_not_tell_whether_a_file_outside_exists()
    {
        Write("inside/main.lyra", "outside/secret.lyra");
        Directory.CreateSymbolicLink(PathOf("inside/folder"), PathOf("outside"));
        File.CreateSymbolicLink(PathOf("outside/cycle.lyra"), PathOf("outside/cycle.lyra"));
        FileModuleLoader loader = new(PathOf("inside"));
        string MessageOf(string path) => Should.Throw<UnauthorizedAccessException>(() => loader.Resolve(path, string.Empty)).Message;
        string expected = MessageOf("folder/secret").Replace("secret", "?", StringComparison.Ordinal);
        foreach (string name in new[] { "missing", "missing/deeper", "cycle", "cycle.lyra/deeper" })
        {
            MessageOf($"folder/{name}").ShouldBe(expected.Replace("?", name, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Symbolic_links_inside_the_root_are_followed()
    {
        Write("real/util.lyra");
        Directory.CreateSymbolicLink(PathOf("alias"), "real");
        new FileModuleLoader(_root).Resolve("alias/util", string.Empty).ShouldBe(PathOf("alias/util.lyra"));
    }

    [Fact]
    public void A_root_behind_a_link_is_a_root_like_any_other()
    {
        Write("real/util.lyra");
        Directory.CreateSymbolicLink(PathOf("alias"), PathOf("real"));
        new FileModuleLoader(PathOf("alias")).Resolve("util", string.Empty).ShouldBe(PathOf("alias/util.lyra"));
    }

    [Fact]
    public void A_pipe_is_refused_at_once()
    {
        NamedPipe.Create(PathOf("pipe.lyra"));
        FileModuleLoader loader = new(_root);
        string name = loader.Resolve("pipe", string.Empty)!;
        Should.Throw<IOException>(() => loader.Load(name)).Message.ShouldContain("is a pipe, a device or a socket");
    }

    [Fact]
    public void A_path_longer_than_any_file_is_no_module() =>
        new FileModuleLoader(_root).Resolve(string.Concat(Enumerable.Repeat("x/", 100_000)), string.Empty).ShouldBeNull();

    [Fact]
    public void Source_is_utf8_with_or_without_mark()
    {
        File.WriteAllText(PathOf("a.lyra"), "\"é\"", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        File.WriteAllBytes(PathOf("b.lyra"), [0x22, 0xFF, 0x22]);
        FileModuleLoader loader = new(_root);
        loader.Load(PathOf("a.lyra")).ShouldBe("\"é\"");
        Should.Throw<IOException>(() => loader.Load(PathOf("b.lyra"))).Message.ShouldContain("not UTF-8");
    }

    [Fact]
    public void A_dictionary_is_searched_like_folders()
    {
        DictionaryModuleLoader loader = new(new Dictionary<string, string> { ["lib/util"] = "1", ["lib/deep/x"] = "2", ["top"] = "3" });
        loader.Resolve("lib/util", "main").ShouldBe("lib/util");
        loader.Resolve("deep/x", "lib/util").ShouldBe("lib/deep/x");
        loader.Resolve("../util", "lib/deep/x").ShouldBe("lib/util");
        loader.Resolve("../../top", "lib/deep/x").ShouldBe("top");
        loader.Resolve("../../../top", "lib/deep/x").ShouldBeNull();
        loader.Resolve("nowhere", "main").ShouldBeNull();
        loader.Load("top").ShouldBe("3");
    }

    [Fact]
    public void A_loader_that_returns_null_is_an_import_error()
    {
        using LyraEngine engine = new(new LyraOptions { ModuleLoader = new EmptyLoader() });
        LyraException e = Should.Throw<LyraException>(() => engine.Run("import \"x\" as x"));
        e.Kind.ShouldBe("ImportError");
        e.Message.ShouldContain("returned no source");
    }

    private string PathOf(string name) => Path.Combine(_root, name);

    private void Write(params string[] names)
    {
        foreach (string name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
            File.WriteAllText(PathOf(name), string.Empty);
        }
    }

    private sealed class EmptyLoader : IModuleLoader
    {
        public string? Resolve(string path, string importer) => path;

        public string Load(string name) => null!;
    }
}
