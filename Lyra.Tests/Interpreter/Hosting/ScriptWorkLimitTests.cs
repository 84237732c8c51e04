using System;
using System.IO;
using System.Linq;
using System.Threading;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>Compiling, saving, loading and checking have limits that the host passes, and bounds without them.</summary>
public sealed class ScriptWorkLimitTests
{
    private static readonly LyraLimits SmallMemory = new() { MaxMemoryBytes = 1 };

    private static readonly LyraLimits ShortTime = new() { Timeout = TimeSpan.FromTicks(1) };

    private static readonly string Large = "let xs = [" + Repeat("1,", 400_000) + "]";

    private static readonly LyraScript LargeScript = LyraScript.Compile(Large);

    [Fact]
    public void Compiling_has_limits()
    {
        Should.Throw<LyraLimitException>(() => LyraScript.Compile(Large, limits: SmallMemory)).Limit.ShouldBe(LimitKind.Memory);
        Should.Throw<LyraLimitException>(() => LyraScript.Compile("1", limits: ShortTime)).Limit.ShouldBe(LimitKind.Time);
        Should.Throw<OperationCanceledException>(() => LyraScript.Compile("1", cancellationToken: Cancelled()));
        LyraScript.Compile("1", limits: SmallMemory).Diagnostics.ShouldBeEmpty();
        LyraScript.Compile(Large, limits: new LyraLimits { MaxMemoryBytes = long.MaxValue }).Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public void Saving_has_limits_and_then_writes_nothing()
    {
        using MemoryStream stream = new();

        Should.Throw<LyraLimitException>(() => LargeScript.Save(stream, SmallMemory)).Limit.ShouldBe(LimitKind.Memory);
        Should.Throw<LyraLimitException>(() => LargeScript.Save(stream, ShortTime)).Limit.ShouldBe(LimitKind.Time);
        Should.Throw<OperationCanceledException>(() => LargeScript.Save(stream, cancellationToken: Cancelled()));

        stream.Length.ShouldBe(0);
    }

    [Fact]
    public void Loading_has_limits()
    {
        byte[] saved = Saved(LargeScript);

        Should.Throw<LyraLimitException>(() => Load(saved, SmallMemory)).Limit.ShouldBe(LimitKind.Memory);
        Should.Throw<LyraLimitException>(() => Load(saved, ShortTime)).Limit.ShouldBe(LimitKind.Time);
        Should.Throw<OperationCanceledException>(() => Load(saved, cancellation: Cancelled()));
        Load(saved, new LyraLimits { MaxMemoryBytes = 200_000_000 }).FileName.ShouldBe(LargeScript.FileName);
    }

    [Fact]
    public void A_check_has_the_limits_of_the_engine()
    {
        using LyraEngine engine = new(new LyraOptions { Limits = new LyraLimits { MaxMemoryBytes = 2_000_000 } });

        Should.Throw<LyraLimitException>(() => engine.Check(Large)).Limit.ShouldBe(LimitKind.Memory);
        Should.Throw<LyraCanceledException>(() => engine.Check("1", cancellationToken: Cancelled()));
        engine.Check("let x = 1").ShouldBeEmpty();
    }

    /// <summary>Each proc between a variable and its use captures it, so a short text can make many.</summary>
    [Theory]
    [InlineData(16_000, 1_900)]
    [InlineData(300, 1_900)]
    [InlineData(16_000, 20)]
    public void Captures_are_bounded(int variables, int depth)
    {
        string names = string.Join(", ", Enumerable.Range(0, variables).Select(i => $"a{i}"));
        string source = $"proc f({names}) {{ return {Repeat("() => ", depth)}[{names}] }}";

        Diagnostic error = Rejected(source);

        error.Code.ShouldBe("LY1602");
        error.Message.ShouldContain("250,000 captured variables");
    }

    /// <summary>A call sets the parameters that it leaves out, so a short text can make many instructions.</summary>
    [Fact]
    public void Instructions_are_bounded()
    {
        string parameters = string.Join(", ", Enumerable.Range(0, 30_000).Select(i => $"a{i} = 1"));

        Diagnostic error = Rejected($"proc f({parameters}) {{ }}\n{Repeat("f()\n", 1_000)}");

        error.Code.ShouldBe("LY1602");
        error.Message.ShouldContain("4,000,000 instructions");
        error.Line.ShouldBeInRange(100, 140);
    }

    [Fact]
    public void Names_are_bounded()
    {
        Rejected($"let {new string('n', 1_001)} = 1").Code.ShouldBe("LY0112");
        Rejected($"let {new string('é', 1_001)} = 1").Code.ShouldBe("LY0112");
        LyraScript.Compile($"let {new string('n', 1_000)} = 1").Diagnostics.ShouldBeEmpty();
    }

    private static Diagnostic Rejected(string source)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        LyraCompileException e = Should.Throw<LyraCompileException>(() => LyraScript.Compile(source));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000_000);
        return e.Diagnostics[0];
    }

    private static byte[] Saved(LyraScript script)
    {
        using MemoryStream stream = new();
        script.Save(stream);
        return stream.ToArray();
    }

    private static LyraScript Load(byte[] saved, LyraLimits? limits = null, CancellationToken cancellation = default) =>
        LyraScript.Load(new MemoryStream(saved), limits, cancellation);

    private static CancellationToken Cancelled() => new(canceled: true);

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
