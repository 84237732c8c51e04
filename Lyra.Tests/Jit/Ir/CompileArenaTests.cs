using System;
using Lyra.Jit.Ir;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Ir;

/// <summary>What the storage of a compilation gives to the next step.</summary>
public sealed class CompileArenaTests
{
    [Fact]
    public void An_array_that_was_taken_back_is_used_again_without_its_content()
    {
        CompileArena arena = new();
        int[] first = arena.Ints.Take(20);
        first.AsSpan().Fill(7);

        arena.Release();
        int[] second = arena.Ints.Take(32);

        second.ShouldBeSameAs(first);
        second.ShouldAllBe(number => number == 0);
    }

    [Fact]
    public void Arrays_in_use_are_different()
    {
        CompileArena arena = new();

        arena.Ints.Take(20).ShouldNotBeSameAs(arena.Ints.Take(20));
    }

    [Theory]
    [InlineData(0, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 32)]
    [InlineData(16_384, 16_384)]
    [InlineData(16_385, 16_385)]
    public void An_array_has_at_least_the_length_asked_for(int asked, int length)
    {
        new CompileArena().Bools.Take(asked).Length.ShouldBe(length);
    }

    [Fact]
    public void A_long_array_is_not_kept()
    {
        CompileArena arena = new();
        bool[] first = arena.Bools.Take(20_000);

        arena.Release();

        arena.Bools.FreeBytes.ShouldBe(0);
        arena.Bools.Take(20_000).ShouldNotBeSameAs(first);
    }

    [Fact]
    public void An_object_that_was_taken_back_is_used_again_without_its_content()
    {
        CompileArena arena = new();
        Box first = arena.Take(static () => new Box(10));
        first.Content = "x";

        arena.Release();
        Box second = arena.Take(static () => new Box(10));

        second.ShouldBeSameAs(first);
        second.Content.ShouldBeNull();
    }

    [Fact]
    public void A_large_object_is_not_kept()
    {
        CompileArena arena = new();
        Box first = arena.Take(static () => new Box(10_000));

        arena.Release();

        arena.Take(static () => new Box(10_000)).ShouldNotBeSameAs(first);
    }

    private sealed class Box(int capacity) : IReusable
    {
        public string? Content { get; set; }

        public int Capacity { get; } = capacity;

        public void Reset() => Content = null;
    }
}
