using System;
using RuleService.Settings;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Service;

/// <summary>The command line of the service.</summary>
public sealed class CommandLineTests
{
    private static readonly string AdminKey = new('k', 32);

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
    [InlineData("--keys is maybe and must be on or off", "--keys", "maybe")]
    [InlineData("--store and --queue need each other", "--store", "x")]
    [InlineData("worker needs --store and --queue", "worker")]
    public void Wrong_arguments_are_refused_with_a_sentence(string message, params string[] arguments) =>
        Should.Throw<UsageException>(() => new CommandLine(arguments)).Message.ShouldContain(message);

    [Theory]
    [InlineData("http://192.0.2.1:5080")]
    [InlineData("http://example.org")]
    public void Load_goes_to_this_machine_only(string address) =>
        Should.Throw<UsageException>(() =>
                new RuleService.Load.LoadTest(new ServiceSettings { Urls = address }, 1, 1).RunAsync(System.IO.TextWriter.Null))
            .Message.ShouldContain("is no address of the loopback range");

    [Theory]
    [InlineData(null, false, false)]
    [InlineData("http://localhost:1;http://127.0.0.2:2;http://[::1]:3", false, false)]
    [InlineData("http://0.0.0.0:1", true, false)]
    [InlineData("http://127.0.0.1:1;http://192.0.2.1:1", true, false)]
    [InlineData("http://*:1", true, false)]
    [InlineData("https://rules.example", true, false)]
    [InlineData("http://0.0.0.0:1", false, true, "--keys", "off")]
    [InlineData("http://127.0.0.1:1", true, false, "--keys", "on")]
    public void Addresses_that_others_can_reach_need_keys(string? urls, bool needsKeys, bool isOpen, params string[] options)
    {
        string[] arguments = [.. urls is null ? (string[])[] : ["--urls", urls], .. options];

        if (needsKeys)
        {
            Should.Throw<UsageException>(() => new CommandLine(arguments)).Message.ShouldContain("Set RULES_ADMIN_KEY");
            Should.Throw<UsageException>(() => new CommandLine(arguments, new string('k', 31))).Message.ShouldContain("at least 32");
        }

        ServiceSettings settings = new CommandLine(arguments, needsKeys ? AdminKey : null).Settings;
        (settings.AdminKey, settings.IsOpen).ShouldBe((needsKeys ? AdminKey : null, isOpen));
    }

    [Fact]
    public void Admin_key_turns_keys_on() => new CommandLine([], AdminKey).Settings.AdminKey.ShouldBe(AdminKey);
}
