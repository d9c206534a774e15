"""The literature that parameters and mechanisms rest on, by key."""

from __future__ import annotations

from typing import NamedTuple


class Reference(NamedTuple):
    """A publication; `seen` says whether its figures were looked up for this model or are quoted from memory."""

    citation: str
    seen: bool = False


REFERENCES = {
    "Adams1965": Reference("Adams, J. S. 1965. Inequity in social exchange. Advances in Experimental Social Psychology 2:267-299."),
    "Akerlof1982": Reference("Akerlof, G. A. 1982. Labor contracts as partial gift exchange. Quarterly Journal of Economics 97:543-569."),
    "AllenEtAl2017": Reference("Allen, B., Lippner, G., Chen, Y.-T., Fotouhi, B., Momeni, N., Yau, S.-T., Nowak, M. A. 2017. Evolutionary dynamics on any population structure. Nature 544:227-230."),
    "ArgyrisSchoen1974": Reference("Argyris, C., Schoen, D. A. 1974. Theory in Practice: Increasing Professional Effectiveness. Jossey-Bass."),
    "Axelrod2010": Reference("Axelrod, R. H. 2010. Terms of Engagement: New Ways of Leading and Changing Organizations. 2nd ed. Berrett-Koehler."),
    "BakkerDemeroutiEuwema2005": Reference("Bakker, A. B., Demerouti, E., Euwema, M. C. 2005. Job resources buffer the impact of job demands on burnout. Journal of Occupational Health Psychology 10:170-180."),
    "BarabasiAlbert1999": Reference("Barabasi, A.-L., Albert, R. 1999. Emergence of scaling in random networks. Science 286:509-512."),
    "BrynjolfssonRockSyverson2021": Reference("Brynjolfsson, E., Rock, D., Syverson, C. 2021. The productivity J-curve: how intangibles complement general purpose technologies. American Economic Journal: Macroeconomics 13:333-372."),
    "Burt2000": Reference("Burt, R. S. 2000. Decay functions. Social Networks 22:1-28."),
    "BurtKnez1995": Reference("Burt, R. S., Knez, M. 1995. Kinds of third-party effects on trust. Rationality and Society 7:255-292."),
    "CentolaMacy2007": Reference("Centola, D., Macy, M. 2007. Complex contagions and the weakness of long ties. American Journal of Sociology 113:702-734."),
    "CerasoliNicklinFord2014": Reference("Cerasoli, C. P., Nicklin, J. M., Ford, M. T. 2014. Intrinsic motivation and extrinsic incentives jointly predict performance. Psychological Bulletin 140:980-1008.", True),
    "ClevelandMurphyWilliams1989": Reference("Cleveland, J. N., Murphy, K. R., Williams, R. E. 1989. Multiple uses of performance appraisal. Journal of Applied Psychology 74:130-135."),
    "ColquittConlonWessonPorterNg2001": Reference("Colquitt, J. A., Conlon, D. E., Wesson, M. J., Porter, C. O. L. H., Ng, K. Y. 2001. Justice at the millennium: a meta-analytic review of 25 years of organizational justice research. Journal of Applied Psychology 86:425-445."),
    "DeGripSauermann2012": Reference("De Grip, A., Sauermann, J. 2012. The effects of training on own and co-worker productivity: evidence from a field experiment. Economic Journal 122:376-399."),
    "DeGroot1974": Reference("DeGroot, M. H. 1974. Reaching a consensus. Journal of the American Statistical Association 69:118-121.", True),
    "DeSanctisPoole1994": Reference("DeSanctis, G., Poole, M. S. 1994. Capturing the complexity in advanced technology use: adaptive structuration theory. Organization Science 5:121-147."),
    "DeciKoestnerRyan1999": Reference("Deci, E. L., Koestner, R., Ryan, R. M. 1999. A meta-analytic review of experiments examining the effects of extrinsic rewards on intrinsic motivation. Psychological Bulletin 125:627-668.", True),
    "DeciRyan2000": Reference("Deci, E. L., Ryan, R. M. 2000. The what and why of goal pursuits. Psychological Inquiry 11:227-268."),
    "DemeroutiBakkerNachreinerSchaufeli2001": Reference("Demerouti, E., Bakker, A. B., Nachreiner, F., Schaufeli, W. B. 2001. The job demands-resources model of burnout. Journal of Applied Psychology 86:499-512."),
    "DoddsWattsSabel2003": Reference("Dodds, P. S., Watts, D. J., Sabel, C. F. 2003. Information exchange and the robustness of organizational networks. PNAS 100:12516-12521.", True),
    "Dunbar1998": Reference("Dunbar, R. I. M. 1998. The social brain hypothesis. Evolutionary Anthropology 6:178-190."),
    "FelpsMitchellHekmanLeeHoltomHarman2009": Reference("Felps, W., Mitchell, T. R., Hekman, D. R., Lee, T. W., Holtom, B. C., Harman, W. S. 2009. Turnover contagion: how coworkers' job embeddedness and job search behaviors influence quitting. Academy of Management Journal 52:545-561."),
    "FischbacherGaechter2010": Reference("Fischbacher, U., Gaechter, S. 2010. Social preferences, beliefs, and the dynamics of free riding in public goods experiments. American Economic Review 100:541-556.", True),
    "FischbacherGaechterFehr2001": Reference("Fischbacher, U., Gaechter, S., Fehr, E. 2001. Are people conditionally cooperative? Economics Letters 71:397-404.", True),
    "Fletcher1999": Reference("Fletcher, J. K. 1999. Disappearing Acts: Gender, Power and Relational Practice at Work. MIT Press."),
    "FriedkinJohnsen1990": Reference("Friedkin, N. E., Johnsen, E. C. 1990. Social influence and opinions. Journal of Mathematical Sociology 15:193-206."),
    "GittellSeidnerWimbush2010": Reference("Gittell, J. H., Seidner, R., Wimbush, J. 2010. A relational model of how high-performance work systems work. Organization Science 21:490-506."),
    "Goodman1974": Reference("Goodman, P. S. 1974. An examination of referents used in the evaluation of pay. Organizational Behavior and Human Performance 12:170-195."),
    "Granovetter1973": Reference("Granovetter, M. S. 1973. The strength of weak ties. American Journal of Sociology 78:1360-1380."),
    "GriffethHomGaertner2000": Reference("Griffeth, R. W., Hom, P. W., Gaertner, S. 2000. A meta-analysis of antecedents and correlates of employee turnover. Journal of Management 26:463-488."),
    "GrossmanHart1986": Reference("Grossman, S. J., Hart, O. D. 1986. The costs and benefits of ownership: a theory of vertical and lateral integration. Journal of Political Economy 94:691-719."),
    "GroysbergLeeNanda2008": Reference("Groysberg, B., Lee, L.-E., Nanda, A. 2008. Can they take it with them? The portability of star knowledge workers' performance. Management Science 54:1213-1230."),
    "HackmanOldham1976": Reference("Hackman, J. R., Oldham, G. R. 1976. Motivation through the design of work. Organizational Behavior and Human Performance 16:250-279."),
    "HausknechtTrevor2011": Reference("Hausknecht, J. P., Trevor, C. O. 2011. Collective turnover at the group, unit, and organizational levels. Journal of Management 37:352-388."),
    "HegselmannKrause2002": Reference("Hegselmann, R., Krause, U. 2002. Opinion dynamics and bounded confidence: models, analysis and simulation. Journal of Artificial Societies and Social Simulation 5(3):2."),
    "HeidemeierMoser2009": Reference("Heidemeier, H., Moser, K. 2009. Self-other agreement in job performance ratings: a meta-analytic test of a process model. Journal of Applied Psychology 94:353-370."),
    "Hirschman1970": Reference("Hirschman, A. O. 1970. Exit, Voice, and Loyalty. Harvard University Press."),
    "HolmstromMilgrom1991": Reference("Holmstrom, B., Milgrom, P. 1991. Multitask principal-agent analyses: incentive contracts, asset ownership, and job design. Journal of Law, Economics, and Organization 7:24-52."),
    "HunterSchmidtJudiesch1990": Reference("Hunter, J. E., Schmidt, F. L., Judiesch, M. K. 1990. Individual differences in output variability as a function of job complexity. Journal of Applied Psychology 75:28-42."),
    "KahnemanTversky1979": Reference("Kahneman, D., Tversky, A. 1979. Prospect theory. Econometrica 47:263-291."),
    "KimDirksCooper2009": Reference("Kim, P. H., Dirks, K. T., Cooper, C. D. 2009. The repair of trust. Academy of Management Review 34:401-422."),
    "KossinetsWatts2006": Reference("Kossinets, G., Watts, D. J. 2006. Empirical analysis of an evolving social network. Science 311:88-90."),
    "KrackhardtPorter1986": Reference("Krackhardt, D., Porter, L. W. 1986. The snowball effect: turnover embedded in communication networks. Journal of Applied Psychology 71:50-55."),
    "KruseBlasiPark2008": Reference("Kruse, D., Blasi, J., Park, R. 2008. Shared capitalism in the U.S. economy. NBER Working Paper 14225.", True),
    "LeimarHammerstein2001": Reference("Leimar, O., Hammerstein, P. 2001. Evolution of cooperation through indirect reciprocity. Proceedings of the Royal Society B 268:745-753."),
    "March1991": Reference("March, J. G. 1991. Exploration and exploitation in organizational learning. Organization Science 2:71-87."),
    "MarchSimon1958": Reference("March, J. G., Simon, H. A. 1958. Organizations. Wiley."),
    "McPhersonSmithLovinCook2001": Reference("McPherson, M., Smith-Lovin, L., Cook, J. M. 2001. Birds of a feather. Annual Review of Sociology 27:415-444."),
    "MilinskiSemmannBakkerKrambeck2001": Reference("Milinski, M., Semmann, D., Bakker, T. C. M., Krambeck, H.-J. 2001. Cooperation through indirect reciprocity: image scoring or standing strategy? Proceedings of the Royal Society B 268:2495-2501.", True),
    "Moore2011": Reference("Moore, G. A. 2011. Systems of engagement and the future of enterprise IT. AIIM white paper."),
    "Murphy2008": Reference("Murphy, K. R. 2008. Explaining the weak relationship between job performance and ratings of job performance. Industrial and Organizational Psychology 1:148-160."),
    "NowakSigmund1992": Reference("Nowak, M. A., Sigmund, K. 1992. Tit for tat in heterogeneous populations. Nature 355:250-253."),
    "NowakSigmund1998": Reference("Nowak, M. A., Sigmund, K. 1998. Evolution of indirect reciprocity by image scoring. Nature 393:573-577."),
    "OhtsukiHauertLiebermanNowak2006": Reference("Ohtsuki, H., Hauert, C., Lieberman, E., Nowak, M. A. 2006. A simple rule for the evolution of cooperation on graphs and social networks. Nature 441:502-505."),
    "Orlikowski1992": Reference("Orlikowski, W. J. 1992. The duality of technology: rethinking the concept of technology in organizations. Organization Science 3:398-427."),
    "PalmatierScheerSteenkamp2007": Reference("Palmatier, R. W., Scheer, L. K., Steenkamp, J.-B. E. M. 2007. Customer loyalty to whom? Managing the benefits and risks of salesperson-owned loyalty. Journal of Marketing Research 44:185-199."),
    "RavidWhiteTomczakMilesBehrend2023": Reference("Ravid, D. M., White, J. C., Tomczak, D. L., Miles, A. F., Behrend, T. S. 2023. A meta-analysis of the effects of electronic performance monitoring on work outcomes. Personnel Psychology 76:5-40."),
    "Rousseau1995": Reference("Rousseau, D. M. 1995. Psychological Contracts in Organizations. Sage."),
    "Simons2002": Reference("Simons, T. 2002. Behavioral integrity: the perceived alignment between managers' words and deeds as a research focus. Organization Science 13:18-35."),
    "Spence1973": Reference("Spence, M. 1973. Job market signaling. Quarterly Journal of Economics 87:355-374."),
    "StarStrauss1999": Reference("Star, S. L., Strauss, A. 1999. Layers of silence, arenas of voice. Computer Supported Cooperative Work 8:9-30."),
    "Surowiecki2004": Reference("Surowiecki, J. 2004. The Wisdom of Crowds. Doubleday."),
    "SzaboToke1998": Reference("Szabo, G., Toke, C. 1998. Evolutionary prisoner's dilemma game on a square lattice. Physical Review E 58:69-73."),
    "ViswesvaranOnesSchmidt1996": Reference("Viswesvaran, C., Ones, D. S., Schmidt, F. L. 1996. Comparative analysis of the reliability of job performance ratings. Journal of Applied Psychology 81:557-574."),
    "Wagner1994": Reference("Wagner, J. A. 1994. Participation's effects on performance and satisfaction: a reconsideration of research evidence. Academy of Management Review 19:312-330."),
    "WattsStrogatz1998": Reference("Watts, D. J., Strogatz, S. H. 1998. Collective dynamics of small-world networks. Nature 393:440-442."),
    "Wegner1987": Reference("Wegner, D. M. 1987. Transactive memory: a contemporary analysis of the group mind. In Mullen, B., Goethals, G. R. (eds.), Theories of Group Behavior. Springer, 185-208."),
    "Weitzman1980": Reference("Weitzman, M. L. 1980. The ratchet principle and performance incentives. Bell Journal of Economics 11:302-308."),
    "ZhaoWayneGlibkowskiBravo2007": Reference("Zhao, H., Wayne, S. J., Glibkowski, B. C., Bravo, J. 2007. The impact of psychological contract breach on work-related outcomes. Personnel Psychology 60:647-680.", True),
}  # fmt: skip
"""By first authors and year, as the field `source` of parameters and mechanisms gives it."""
