using System;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Interpreter.Hosting;

public sealed class LyraOptionsTests
{
    [Fact]
    public void TheDefaultsAreThoseOfTheContract()
    {
        LyraOptions options = LyraOptions.Default;
        options.Jit.ShouldBe(JitMode.On);
        options.OptimizationLevel.ShouldBe(2);
        options.HotLoopThreshold.ShouldBe(1_000);
        options.HotProcThreshold.ShouldBe(500);
        options.HotExitThreshold.ShouldBe(32);
        options.Limits.ShouldBe(new LyraLimits { MaxFrames = 10_000, MaxSteps = null, Timeout = null, MaxMemoryBytes = null });
        options.Capabilities.ShouldBe(LyraCapabilities.None);
        options.ModuleLoader.ShouldBeNull();
        options.Output.ShouldBeSameAs(Console.Out);
        options.Input.ShouldBeSameAs(Console.In);
    }

    [Fact]
    public void ThePresetsDiffer()
    {
        LyraOptions.Embedded.Limits.MaxMemoryBytes.ShouldNotBeNull();
        LyraOptions.Embedded.SlabSlots.ShouldBeLessThan(LyraOptions.Default.SlabSlots);
        LyraOptions.Server.SlabSlots.ShouldBeGreaterThan(LyraOptions.Default.SlabSlots);
    }

    [Fact]
    public void BadValuesAreRefusedWithASentence()
    {
        Refused(() => new LyraOptions { Jit = (JitMode)7 }).ShouldContain("JitMode");
        Refused(() => new LyraOptions { OptimizationLevel = 4 }).ShouldContain("0 to 3");
        Refused(() => new LyraOptions { HotLoopThreshold = 0 }).ShouldContain("positive");
        Refused(() => new LyraOptions { HotProcThreshold = -1 }).ShouldContain("positive");
        Refused(() => new LyraOptions { HotExitThreshold = 0 }).ShouldContain("positive");
        Refused(() => new LyraOptions { SlabSlots = 0 }).ShouldContain("65,536");
        Refused(() => new LyraLimits { MaxFrames = 0 }).ShouldContain("1,000,000");
        Refused(() => new LyraLimits { MaxFrames = 1_000_001 }).ShouldContain("1,000,000");
        Refused(() => new LyraLimits { MaxSteps = 0 }).ShouldContain("positive");
        Refused(() => new LyraLimits { Timeout = TimeSpan.Zero }).ShouldContain("positive");
        Refused(() => new LyraLimits { MaxMemoryBytes = -1 }).ShouldContain("positive");
    }

    [Fact]
    public void NullsAreRefused()
    {
        Should.Throw<ArgumentNullException>(() => new LyraOptions { Limits = null! });
        Should.Throw<ArgumentNullException>(() => new LyraOptions { Output = null! });
        Should.Throw<ArgumentNullException>(() => new LyraOptions { Input = null! });
        Should.Throw<ArgumentNullException>(() => new LyraOptions { Arguments = null! });
    }

    private static string Refused(Func<object> make) => Should.Throw<ArgumentOutOfRangeException>(() => make()).Message;
}
