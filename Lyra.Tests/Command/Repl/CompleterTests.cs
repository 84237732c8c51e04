using System;
using System.IO;
using Lyra.Cli.Repl;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command.Repl;

public sealed class CompleterTests : IDisposable
{
    private readonly LyraEngine _engine = new();
    private readonly ScratchFolder _folder = new();

    public CompleterTests()
    {
        LyraSession session = new(_engine);
        session.Run("import math\nstruct Inner { deep: int }");
        session.Run("struct Point { x: int; inner: Inner; proc move(self) { }; proc origin() { } }");
        session.Run("var point = Point(1, Inner(2))\nvar pointless = \"text\"\nvar numbers = [1]\nvar größe = 1");
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("poin", "point pointless")]
    [InlineData("1 + poin", "point pointless")]
    [InlineData("print(\"${poin", "point pointless")]
    [InlineData("whi", "while")]
    [InlineData("awai", "await")]
    [InlineData("prin", "print")]
    [InlineData("grö", "größe")]
    [InlineData("math.sq", "sqrt")]
    [InlineData("f(math.sq", "sqrt")]
    [InlineData("point.", "inner move x")]
    [InlineData("point?.in", "inner")]
    [InlineData("point.inner.", "deep")]
    [InlineData("Point.", "origin")]
    [InlineData("pointless.startsW", "startsWith")]
    [InlineData("\"text\".startsW", "startsWith")]
    [InlineData("numbers.pus", "push")]
    [InlineData("import js", "json")]
    [InlineData("proc f(parameter) {\n  return par", "parameter")]
    [InlineData(":ty", ":type")]
    [InlineData(":t", ":time :traces :type")]
    [InlineData(":type poin", "point pointless")]
    [InlineData("  :time point.in", "inner")]
    public void The_word_at_the_cursor_is_completed(string text, string expected) => Candidates(text).ShouldBe(expected);

    [Theory]
    [InlineData("\"poin")]
    [InlineData("\"\"\"poin")]
    [InlineData("// poin")]
    [InlineData("/* poin")]
    [InlineData("12poin")]
    [InlineData("0x")]
    [InlineData("nothing_like_this")]
    [InlineData("unknown.")]
    [InlineData("f().")]
    [InlineData("point.x.nothing")]
    [InlineData("point.nothing.x")]
    [InlineData(":quit poin")]
    [InlineData(":nosuch poin")]
    public void Elsewhere_nothing_is_offered(string text) => Candidates(text).ShouldBeEmpty();

    [Fact]
    public void Files_are_completed_after_load()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "programs"));
        _folder.Write("program one.lyra", []);
        _folder.Write("prose.txt", []);
        _folder.Write(".project.lyra", []);
        string folder = _folder.Path;
        Candidates($":load {folder}/pro").ShouldBe($"{folder}/program one.lyra {folder}/programs/");
        Candidates($":load {folder}/program o").ShouldBe($"{folder}/program one.lyra");
        Candidates(":load /nosuch/folder/x").ShouldBeEmpty();
    }

    [Fact]
    public void The_common_beginning_is_known()
    {
        new Completion(0, ["first", "fifth", "fi"]).CommonPrefix.ShouldBe("fi");
        new Completion(0, ["one"]).CommonPrefix.ShouldBe("one");
        new Completion(0, []).CommonPrefix.ShouldBeEmpty();
    }

    [Fact]
    public void Completion_runs_no_code_of_the_script()
    {
        long before = _engine.Statistics.Jit.Steps;
        Candidates("point.inner.").ShouldBe("deep");
        _engine.Statistics.Jit.Steps.ShouldBe(before);
    }

    private string Candidates(string text)
    {
        Completion completion = Completer.Complete(_engine, text);
        string word = text[completion.Start..];
        completion.Candidates.ShouldAllBe(candidate => candidate.StartsWith(word, StringComparison.Ordinal));
        return string.Join(' ', completion.Candidates);
    }
}
