using System;
using RuleService.Settings;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Service;

/// <summary>The command line of the service.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public void Without_arguments_it_is_the_API_without_servers()
    {
        CommandLine line = new([]);

        line.Mode.ShouldBe("api");
        line.Settings.ShouldBe(new ServiceSettings());
    }

    [Fact]
    public void Options_are_read()
    {
        CommandLine line = new(
            ["worker", "--store", "Host=127.0.0.1", "--queue", "amqp://127.0.0.1", "--parallel", "3", "--prefetch", "5", "--drain", "7"]);

        line.Mode.ShouldBe("worker");
        line.Settings.ShouldBe(new ServiceSettings
        {
            Store = "Host=127.0.0.1",
            Queue = "amqp://127.0.0.1",
            Parallel = 3,
            Prefetch = 5,
            DrainTime = TimeSpan.FromSeconds(7),
        });
    }

    [Theory]
    [InlineData("serve is no mode", "serve")]
    [InlineData("--color is no option", "--color", "1")]
    [InlineData("--data has no value", "api", "--data")]
    [InlineData("--parallel is 0 and must be a number from 1 to 1000", "--parallel", "0")]
    [InlineData("--store and --queue need each other", "--store", "x")]
    [InlineData("worker needs --store and --queue", "worker")]
    public void Wrong_arguments_are_refused_with_a_sentence(string message, params string[] arguments) =>
        Should.Throw<UsageException>(() => new CommandLine(arguments)).Message.ShouldContain(message);

    [Theory]
    [InlineData("http://192.0.2.1:5080")]
    [InlineData("http://example.org")]
    public void Load_goes_to_this_machine_only(string address) =>
        Should.Throw<UsageException>(() => new RuleService.Load.LoadTest(address, 1, 1).RunAsync(System.IO.TextWriter.Null))
            .Message.ShouldContain("is no address of the loopback range");
}
