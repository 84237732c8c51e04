using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using RuleService.Settings;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Service;

/// <summary>The commands in the README of the service have the answers that it shows.</summary>
[Collection(MeterListening.Collection)]
public sealed partial class RuleReadmeTests
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("examples", "RuleService", "README.md"));

    /// <summary>What differs from run to run.</summary>
    private static readonly string[] Varying = ["milliseconds", "id"];

    [Fact]
    public async Task Commands_have_the_answers_that_follow_them()
    {
        await using RuleApi api = await RuleApi.StartAsync();
        MatchCollection examples = Example().Matches(Text);
        examples.Count.ShouldBe(4);
        foreach (Match example in examples)
        {
            string command = example.Groups["command"].Value;
            command.ShouldContain(new ServiceSettings().Urls);

            string answer = await RunAsync(command.Replace(new ServiceSettings().Urls, api.Client.BaseAddress!.ToString().TrimEnd('/'),
                StringComparison.Ordinal));

            Stable(answer).ShouldBe(Stable(example.Groups["answer"].Value), command);
        }
    }

    private static async Task<string> RunAsync(string command)
    {
        using Process shell = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", command]) { RedirectStandardOutput = true })!;
        string output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return output;
    }

    private static string Stable(string json)
    {
        JsonNode root = JsonNode.Parse(json)!;
        Blank(root);
        return root.ToJsonString();
    }

    private static void Blank(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach ((string name, JsonNode? member) in new List<KeyValuePair<string, JsonNode?>>(members))
            {
                Blank(member);
                if (Array.IndexOf(Varying, name) >= 0)
                {
                    members[name] = "";
                }
            }
        }
    }

    [GeneratedRegex(@"^```sh\n(?<command>curl [^`]*)```\n```json\n(?<answer>[^`]*)```$", RegexOptions.Multiline)]
    private static partial Regex Example();
}
